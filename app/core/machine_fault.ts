/**
 * A fault of the machine and not of the file or the person: the work waits, nothing is refused, and an alarm says why.
 */
export type MachineFault =
  | 'disk_full'
  | 'disk_low'
  | 'file_store'
  | 'database'
  | 'decoder'
  | 'typesetter'
  | 'memory'
  | 'outside'
  | 'backup_old'
  | 'standstill'
  | 'recurring'

/** A fault that our own code has seen. */
export class MachineFailed extends Error {
  constructor(
    readonly fault: MachineFault,
    options?: ErrorOptions
  ) {
    super(`The machine failed: ${fault}`, options)
  }
}

/** Signals by which somebody else ends a child of ours: a person, or the system where memory is short. */
export const FROM_OUTSIDE = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']

/** Codes of the operating system and of PostgreSQL (appendix A of its manual), by what they mean for us. */
const CODES: [MachineFault, RegExp][] = [
  ['disk_full', /^(ENOSPC|EDQUOT|EFBIG|53100)$/],
  [
    'file_store',
    /^(EIO|EROFS|EACCES|EPERM|ENOENT|EEXIST|EISDIR|ENOTDIR|ESTALE|ENODEV|ENXIO|EMFILE|ENFILE|58030)$/,
  ],
  ['memory', /^(ENOMEM|EAGAIN|53200|ERR_WORKER_OUT_OF_MEMORY)$/],
  [
    'database',
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|53300|53400|57P0[1-5]|58P0[12]|08\w{3}|XX00[12]|25006)$/,
  ],
]

/** Words of a driver that gives no code. */
const WORDS: [MachineFault, RegExp][] = [
  ['database', /connection terminated|timeout acquiring a connection|acquire a connection/i],
]

/** Finds the fault of the machine that an error, or what caused it, comes from; null for all others. */
export function machineFault(error: unknown): MachineFault | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof MachineFailed) return cause.fault
    const code = 'code' in cause ? String(cause.code) : ''
    const found =
      CODES.find(([, codes]) => codes.test(code)) ??
      WORDS.find(([, words]) => words.test((cause as Error).message))
    if (found) return found[0]
  }
  return null
}
