import { useId, type ReactNode } from "react";

import { t } from "../text";

/** What an input needs so that its label, hint and error describe it. */
export interface FieldInputProps {
  id: string;
  name: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  required?: boolean;
}

interface FieldProps {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  optional?: boolean;
  children: (input: FieldInputProps) => ReactNode;
}

/** A label, an input, and its hint or error. */
export function Field({ name, label, hint, error, optional, children }: FieldProps) {
  const id = useId();
  const told = [error === undefined ? "" : `${id}-error`, hint === undefined ? "" : `${id}-hint`].filter(Boolean);
  const input: FieldInputProps = { id, name };
  if (told.length > 0) input["aria-describedby"] = told.join(" ");
  if (error !== undefined) input["aria-invalid"] = true;
  if (!optional) input.required = true;
  return (
    <div className="iv-field">
      <label htmlFor={id}>
        {label}
        {optional && <span className="iv-optional"> ({t("form.optional")})</span>}
      </label>
      {children(input)}
      {error !== undefined && (
        <p id={`${id}-error`} className="iv-error">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="iv-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
