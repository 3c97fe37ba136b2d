import { useState, type FormEvent } from "react";

import { Field } from "../components/Field";
import { t } from "../text";
import { isFiltered, noFilter, type ListFilter } from "./inviteList";

const states = ["pending", "redeemed", "expired", "revoked", "replaced", "locked"] as const;

/** Narrows the list: by state at once, by the rest when it is sent. Nothing of it goes into the page's address. */
export function Filters({ filter, onFilter }: { filter: ListFilter; onFilter: (filter: ListFilter) => void }) {
  const [typed, setTyped] = useState(filter);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFilter({ ...typed, sought: typed.sought.trim() });
  };
  const clear = () => {
    setTyped(noFilter);
    onFilter(noFilter);
  };
  return (
    <form className="iv-filters" role="search" aria-label={t("list.filter")} onSubmit={submit} method="post">
      <Field name="state" label={t("list.state")}>
        {({ required: _, ...input }) => (
          <select
            {...input}
            value={typed.state}
            onChange={(e) => {
              const next = { ...typed, state: e.currentTarget.value as ListFilter["state"] };
              setTyped(next);
              onFilter(next);
            }}
          >
            <option value="">{t("list.all")}</option>
            {states.map((s) => <option key={s} value={s}>{t(`state.${s}`)}</option>)}
          </select>
        )}
      </Field>
      <Field name="sought" label={t("list.sought")}>
        {({ required: _, ...input }) => (
          <input
            {...input}
            type="text"
            inputMode="email"
            autoComplete="off"
            autoCapitalize="none"
            value={typed.sought}
            onChange={(e) => setTyped({ ...typed, sought: e.currentTarget.value })}
          />
        )}
      </Field>
      {(["from", "to"] as const).map((side) => (
        <Field key={side} name={side} label={t(`list.${side}`)}>
          {({ required: _, ...input }) => (
            <input
              {...input}
              type="date"
              value={typed[side]}
              onChange={(e) => setTyped({ ...typed, [side]: e.currentTarget.value })}
            />
          )}
        </Field>
      ))}
      <p className="iv-acts">
        <button className="iv-button">{t("list.search")}</button>
        {isFiltered(filter) && (
          <button type="button" className="iv-button iv-plain" onClick={clear}>{t("list.clear")}</button>
        )}
      </p>
    </form>
  );
}
