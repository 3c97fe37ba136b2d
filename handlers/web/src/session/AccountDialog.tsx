import { useState } from "react";

import type { Me } from "../api/apiService";
import { Dialog } from "../components/Dialog";
import { Facts } from "../components/Facts";
import { Notice } from "../components/Notice";
import { t } from "../text";

interface AccountDialogProps {
  me: Me;
  onClose: () => void;
  onSignOutEverywhere: () => Promise<void>;
}

/** Shows the account, and signs out other computers. */
export function AccountDialog({ me, onClose, onSignOutEverywhere }: AccountDialogProps) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const leave = () => onSignOutEverywhere().catch(() => setTrouble(t("sign_out.failed")));
  const rows: [string, string][] = [
    [t("account.username"), me.username],
    [t("account.role"), t(`role.${me.role}`)],
    [t("account.clinics"), me.role === "admin" ? t("account.all_clinics") : me.provider_ids.join(", ")],
  ];
  return (
    <Dialog title={me.name ?? me.username} onClose={onClose}>
      <Facts rows={rows} />
      <p className="iv-hint">{t("account.everywhere_lead")}</p>
      <Notice kind="error" text={trouble} />
      <p className="iv-acts">
        <button type="button" className="iv-button iv-primary" onClick={onClose}>{t("app.close")}</button>
        <a className="iv-button" href="password">{t("password.title")}</a>
        <button type="button" className="iv-button iv-danger" onClick={leave}>{t("sign_out.everywhere")}</button>
      </p>
    </Dialog>
  );
}
