import { createApiService, type ApiOptions } from "../api/apiService";

type Listener = (status: number, path: string, serverMs: number) => void;
const listeners = new Set<Listener>();
const options: ApiOptions = { onAnswer: (...answer) => listeners.forEach((tell) => tell(...answer)) };

/** The pages' own client. It tells its listeners of every answer. */
export const staffApi = createApiService(options);

/** Returns a function that stops it. */
export function onAnswer(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
