/**
 * Loaded into a worker by the crash test. DIE_AFTER=verb: the process kills itself as soon as a transaction
 * with that event has committed, before it wakes anybody. KILL_DECODER_AT=n: the decoding child is killed
 * when its n-th page comes out.
 */
import diagnostics from 'node:diagnostics_channel'

// A limit on the size of files (the crash test's small disk) is an error of the write then, not the end.
process.on('SIGXFSZ', () => {})

const verb = process.env.DIE_AFTER
if (verb) {
  diagnostics.subscribe('hashiwatashi:committed', (message) => {
    const { verbs } = message as { verbs: string[] }
    if (verbs.includes(verb)) process.kill(process.pid, 'SIGKILL')
  })
}

const nth = Number(process.env.KILL_DECODER_AT)
if (nth) {
  let seen = 0
  diagnostics.subscribe('hashiwatashi:page_decoded', (message) => {
    const { pid } = message as { pid: number }
    if (++seen === nth) process.kill(pid, 'SIGKILL')
  })
}
