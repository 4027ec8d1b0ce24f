import { readFileSync } from 'node:fs'

/** Ticks of the processor's clock a second; Linux counts so whatever its own timer does. */
const TICKS = 100

/** A process that has neither computed so long nor ended after so many times as long hangs. */
const HANGS_AFTER = 10

export interface Watch {
  restart: () => void
  /** nothing counts until the next restart */
  pause: () => void
  stop: () => void
}

/**
 * Watches how long a process computes; where the system doesn't tell, how long it is given. `onLate` is called once:
 * when it has computed for `seconds` since the last restart, or hangs.
 */
export function watchComputing(
  pid: number | undefined,
  seconds: number,
  onLate: (why: 'computes' | 'hangs') => void
): Watch {
  let since = { computed: computed(pid), clock: performance.now() }
  const timer = setInterval(() => {
    const computes = computed(pid) - since.computed >= seconds
    const hangs = performance.now() - since.clock >= HANGS_AFTER * seconds * 1000
    if (!computes && !hangs) return
    clearInterval(timer)
    onLate(computes ? 'computes' : 'hangs')
  }, 500)
  return {
    restart: () => {
      since = { computed: computed(pid), clock: performance.now() }
    },
    pause: () => {
      since = { computed: Infinity, clock: Infinity }
    },
    stop: () => clearInterval(timer),
  }
}

/** Seconds that a process and its threads have computed so far (proc(5), stat). */
function computed(pid: number | undefined): number {
  if (process.platform !== 'linux') return performance.now() / 1000
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
    return (Number(user) + Number(system)) / TICKS
  } catch {
    // It has just ended: that is told elsewhere.
    return 0
  }
}
