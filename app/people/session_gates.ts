import type { HttpContext } from '@adonisjs/core/http'
import { signsInByDirectory } from '#app/people/directory/directory'
import { isLocked } from '#app/people/lock/lock'
import { isFactorMissing } from '#app/people/second_factor/need'
import type User from '#app/people/user'

/** Something that a session waits for, and until which it shows nothing else. */
interface Gate {
  /** where it is given */
  path: string
  /** what is open meanwhile: addresses that begin so, or look so */
  open: (string | RegExp)[]
  isShut(session: HttpContext['session'], user: User): boolean
}

const ALWAYS = ['/session', '/logout']

/** The display and the machine that gives numbers stand in the hall, also while the clerk who signed in there is away. */
const IN_THE_HALL = /^\/tickets(\/display|\/new|\/[0-9a-f-]{36}\/paper)?$/

/** In this order: nothing shows while the screen is locked. */
const GATES: Gate[] = [
  {
    path: '/locked',
    open: ['/locked', '/lock', '/touch', '/unlock', '/__transmit', IN_THE_HALL],
    isShut: isLocked,
  },
  {
    path: '/password',
    open: ['/password'],
    isShut: (_session, user) => user.mustSetPassword && !signsInByDirectory(user),
  },
  {
    path: '/second-factor',
    open: ['/second-factor', '/lock'],
    isShut: isFactorMissing,
  },
]

/** Finds the gate that a session stands before. */
export function gateBefore({ auth, session }: HttpContext): Gate | null {
  const { user } = auth
  return user ? (GATES.find((gate) => gate.isShut(session, user)) ?? null) : null
}

/** Whether an address is open before a gate. */
export function isOpenBefore({ open }: Gate, url: string): boolean {
  return [...open, ...ALWAYS].some((path) =>
    typeof path === 'string' ? url === path || url.startsWith(`${path}/`) : path.test(url)
  )
}
