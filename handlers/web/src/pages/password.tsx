import { PasswordForm } from "../session/PasswordForm";
import { Staff } from "../session/Staff";
import { t } from "../text";
import { mount } from "./mount";

mount(
  <Staff place="password">
    {(me) => (
      <div className="iv-narrow">
        <h1>{t("password.title")}</h1>
        <p className="iv-lead">{t("password.lead")}</p>
        <div className="iv-card">
          <PasswordForm username={me.username} />
        </div>
      </div>
    )}
  </Staff>,
);
