// What the query page knows of a dataset: its tables and fields from datapackage.json, and whether it is suspended.
import { QueryFailure } from "./client.js";

const LONG = 30; // texts that may be longer are no groups

const suspended = async () => {
  try {
    const answer = await fetch("/state.json", { cache: "no-cache" });
    return answer.ok ? ((await answer.json()).suspended ?? {}) : {};
  } catch {
    return {}; // the server refuses its files all the same
  }
};

export const readSet = async (id) => {
  if ((await suspended())[id]) throw new QueryFailure({ code: "suspended" });
  let answer;
  try {
    answer = await fetch(`/dataset/${encodeURIComponent(id)}/datapackage.json`);
  } catch {
    throw new QueryFailure({ code: "network" });
  }
  if (!answer.ok) throw new QueryFailure({ code: answer.status === 410 ? "suspended" : "missing" });
  const told = await answer.json();
  return { id, title: told.title, tables: told.resources.map((one) => table(id, one)) };
};

const table = (id, { name, title, path, schema }) => ({
  name,
  title,
  url: `/dataset/${encodeURIComponent(id)}/${encodeURIComponent(path.replace(/\.csv$/, ".parquet"))}`,
  key: [schema.primaryKey ?? []].flat(),
  columns: schema.fields.map(({ name: column, title, type, description, constraints = {} }) => ({
    name: column,
    title,
    type,
    description,
    listed: Boolean(constraints.enum),
    unique: Boolean(constraints.unique),
    long: type === "string" && (constraints.maxLength ?? 0) > LONG,
  })),
});
