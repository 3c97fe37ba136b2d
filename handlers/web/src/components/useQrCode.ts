import { useEffect, useState } from "react";

import type { ApiService } from "../api/apiService";

const pixelsAModule = 16; // sharp in print, too

interface QrCode {
  svg: string | null;
  png: string | null;
  failed: boolean;
}

const nothing: QrCode = { svg: null, png: null, failed: false };

/** The QR code of an invite, when it is wanted, as URLs that only this page can use. They are released with the
 * component. */
export function useQrCode(api: Pick<ApiService, "readQrCode">, ref: string, wanted: boolean): QrCode {
  const [code, setCode] = useState(nothing);
  useEffect(() => {
    if (!wanted) return;
    let over = false;
    const urls: string[] = [];
    Promise.all([api.readQrCode(ref, "svg"), api.readQrCode(ref, "png", pixelsAModule)])
      .then((blobs) => {
        if (over) return;
        urls.push(...blobs.map((b) => URL.createObjectURL(b)));
        setCode({ svg: urls[0] ?? null, png: urls[1] ?? null, failed: false });
      })
      .catch(() => over || setCode({ ...nothing, failed: true }));
    return () => {
      over = true;
      urls.forEach((u) => URL.revokeObjectURL(u));
      setCode(nothing);
    };
  }, [api, ref, wanted]);
  return code;
}
