import { createApiService, type ApiOptions } from "../api/apiService";

type Listener = (status: number, path: string, serverMs: number) => void;
const listeners = new Set<Listener>();
const options: ApiOptions = { onAnswer: (...answer) => listeners.forEach((tell) => tell(...answer)) };

/** The pages' own client: whoever must know hears of every answer. */
export const staffApi = createApiService(options);

/** Answers how to stop. */
export function onAnswer(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
