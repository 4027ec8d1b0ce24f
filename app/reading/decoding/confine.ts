import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Address space of the child (KB): about a gigabyte more than it takes before it opens a file. */
const ADDRESS_SPACE_KB = 2_600_000
/** Threads and processes of the children's own user: of all of them on this machine together, a dozen or so each. */
const PROCESSES = 512
/** A user that no machine assigns to anybody (below systemd's dynamic ones), for where we are root. */
const OWN_USER = 61_120

let networkless: boolean | undefined

/**
 * Starts a Node program that opens files from outside, with a message channel: without our environment, under limits
 * of memory and processes, without a network where the system can deny it, and as a user of its own where we are
 * root (the program takes it on when it has loaded what it needs; see `own_user.ts`).
 */
export function spawnConfined(program: string): ChildProcess {
  const own = process.getuid?.() === 0 ? ownUser() : undefined
  const limits = [
    'ulimit -c 0',
    `ulimit -v ${ADDRESS_SPACE_KB}`,
    // Without a user of its own these would count all that we run. Shells differ in how they call it.
    ...(own ? [`{ ulimit -p ${PROCESSES} || ulimit -u ${PROCESSES}; }`] : []),
  ].map((limit) => `${limit} 2>/dev/null`)
  const node = [
    process.execPath,
    '--max-old-space-size=192',
    '--no-warnings',
    // Else each WebAssembly memory reserves 10 GB of addresses, and none is left within the limit.
    '--disable-wasm-trap-handler',
    // No writing, no programs, no threads of its own.
    ...['--permission', '--allow-addons', '--allow-fs-read=*'],
    program,
  ]
  const [shell, ...args] = process.platform === 'win32' ? node : limited(limits, node)
  return spawn(shell, args, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    cwd: '/',
    env: {
      PATH: process.env.PATH,
      TZ: process.env.TZ,
      MALLOC_ARENA_MAX: '2',
      ...(own ? { OWN_USER: String(own) } : {}),
    },
  })
}

/** The limits are set by a shell that then becomes the program: its pid and its channel stay. */
function limited(limits: string[], node: string[]): string[] {
  const command = deniesNetwork() ? ['unshare', '--net', ...node] : node
  return ['/bin/sh', '-c', `${limits.join('; ')}; exec "$@"`, 'sh', ...command]
}

function deniesNetwork(): boolean {
  networkless ??= spawnSync('unshare', ['--net', 'true'], { stdio: 'ignore' }).status === 0
  return networkless
}

function ownUser(): number {
  const taken = new Set(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => Number(line.split(':')[2]))
  )
  let user = OWN_USER
  while (taken.has(user)) user++
  return user
}
