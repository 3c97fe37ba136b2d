import { useEffect, useRef, useState } from "react";

import type { ApiService, CreatedInvite } from "../api/apiService";
import { t } from "../text";
import { longTime } from "../text/times";
import { copyText } from "./clipboard";
import { Letter, type LetterProps } from "./Letter";
import { useQrCode } from "./useQrCode";

interface InviteLinkProps {
  api: Pick<ApiService, "readQrCode">;
  link: Pick<CreatedInvite, "invite_url" | "ref" | "expires_at">;
  /** Whom it is for and what it asks for, as the letter has it. */
  letter: Omit<LetterProps, "url" | "qr" | "expiresAt">;
  /** Whether the user may see QR codes. */
  showsQr: boolean;
  /** Whether to show the code from the start. */
  startsWithQr?: boolean;
  /** For a link that was just made: starts the next one. */
  onAnother?: () => void;
}

/** A patient's link: to copy, as a QR code, or as a letter. */
export function InviteLink(props: InviteLinkProps) {
  const { link, letter, onAnother } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="iv-link" aria-labelledby={`made-${link.ref}`}>
      <h2 id={`made-${link.ref}`} ref={heading} tabIndex={-1}>
        {t(onAnother === undefined ? "link.title_again" : "link.title")}
      </h2>
      <p className="iv-lead">{t("link.for", { name: letter.patientName, time: longTime(link.expires_at) })}</p>
      <CopyableLink url={link.invite_url} />
      <p className="iv-hint">{t("link.secret")}</p>
      {props.showsQr && <LinkQr {...props} />}
      {onAnother !== undefined && (
        <p className="iv-acts iv-ruled">
          <button type="button" className="iv-button" onClick={onAnother}>{t("link.another")}</button>
        </p>
      )}
    </section>
  );
}

function CopyableLink({ url }: { url: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const copy = async () => {
    setCopied(null); // so that a second copy is announced, too
    setCopied(await copyText(url, field.current));
  };
  return (
    <>
      <div className="iv-url">
        <textarea
          ref={field}
          aria-label={t("link.label")}
          readOnly
          rows={2}
          value={url}
          onFocus={(e) => e.currentTarget.select()}
        />
        <button type="button" className="iv-button iv-primary" onClick={copy}>
          {t(copied ? "link.copied" : "link.copy")}
        </button>
      </div>
      <div role="status" className={copied === false ? "iv-notice iv-info-notice" : "iv-hidden"}>
        {copied !== null && t(copied ? "link.copied_announced" : "link.copy_refused")}
      </div>
    </>
  );
}

function LinkQr(props: InviteLinkProps) {
  const [shown, setShown] = useState(props.startsWithQr ?? false);
  const qr = useQrCode(props.api, props.link.ref, shown);
  return (
    <div className="iv-qr">
      {props.startsWithQr !== true && (
        <button type="button" className="iv-button" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {t(shown ? "link.qr_hide" : "link.qr")}
        </button>
      )}
      <div aria-live="polite">{qr.failed && <p className="iv-error">{t("link.qr_failed")}</p>}</div>
      {shown && qr.svg !== null && (
        <>
          <img className="iv-qr-code" src={qr.svg} alt={t("link.qr_alt")} width="240" height="240" />
          <p className="iv-acts">
            {qr.png !== null && (
              <a className="iv-button" href={qr.png} download={`invite-${props.link.ref}.png`}>{t("link.download")}</a>
            )}
            <button type="button" className="iv-button" onClick={() => window.print()}>{t("link.print")}</button>
          </p>
          <Letter {...props.letter} url={props.link.invite_url} qr={qr.svg} expiresAt={props.link.expires_at} />
        </>
      )}
    </div>
  );
}
