/** What is known of something, a name and a value a row; without those that are null. */
export function Facts({ rows }: { rows: readonly (readonly [name: string, value: string | null])[] }) {
  return (
    <dl className="iv-details">
      {rows.map(([name, value]) => value !== null && (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
