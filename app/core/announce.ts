/** A channel of server-sent events: what it is about, and its id. Messages carry nothing else. */
export type Channel =
  | `scans/${string}`
  | `print-runs/${string}`
  | `calendars/${string}`
  | `orders/${string}`
  | `batches/${string}`
  | `mailings/${string}`
  | `letter-templates/${string}`
  | `register-imports/${string}`
  | `ledger-imports/${string}`
  | `drafts/${string}`
  | `exports/${string}`
  | 'tickets'
  | 'calls'

/** The channel of PostgreSQL on which processes tell each other. */
export const BUS = 'transmit::broadcast'

/** The kind of message that the event stream's bus takes for a broadcast. */
const BROADCAST = 1

/** Arguments of pg_notify for a message that reaches every open screen on the channel. */
export function announcement(channel: Channel): [bus: string, message: string] {
  return [
    BUS,
    JSON.stringify({
      busId: 'transition',
      payload: { type: BROADCAST, channel, payload: { changed: true } },
    }),
  ]
}
