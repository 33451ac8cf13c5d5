/** One request the simulator saw. Holds no credential. */
export interface LoggedRequest {
  readonly at: number;
  readonly host: string;
  readonly method: string;
  /** Path with query, as sent. */
  readonly path: string;
  readonly body: string;
  /** Absent when no operation fits the request. */
  readonly operationId: string | undefined;
  /** True for everything that asks for a change, done or not. */
  readonly mutation: boolean;
  /** Whether the world may have been changed by it. */
  acted: boolean;
  /** HTTP status of the reply; absent while it is under way, and for good when none was sent. */
  status: number | undefined;
}

const limit = 20_000;

/** Remembers a request; beyond the limit the oldest are forgotten. */
export function remember(log: LoggedRequest[], entry: LoggedRequest): void {
  if (log.length >= limit) log.shift();
  log.push(entry);
}
