import type { BuiltInRole } from '#app/people/user'

/**
 * Things that somebody may do. Routes, menus, views and queries ask for one of these; which records it is about is
 * asked of `visibleTo`.
 */
export const PERMISSIONS = [
  /** anybody who is signed in */
  'home.see',
  /** the records of every client, as the center that works for all */
  'clients.all',
  /** helping people: visits, tickets, calls, slips */
  'desk.serve',
  /** what the desk gives out: handouts, lessons, partners */
  'desk.arrange',
  /** calls that come in, announced on every screen */
  'calls.hear',
  /** receiving scans and watching them */
  'scans.receive',
  /** whole pages; an operator sees snippets */
  'pages.see',
  /** submissions with their values */
  'submissions.see',
  /** all values as a file */
  'values.export',
  /** asking for a value to be corrected */
  'corrections.ask',
  /** how full the calendars are */
  'bookings.see',
  /** who comes on a day, to be printed at the site itself */
  'bookings.roster',
  /** moving places between doors, closing a day */
  'bookings.manage',
  /** making and changing calendars, vehicles and their stops */
  'calendars.define',
  /** work orders and how far they are */
  'orders.see',
  /** opening, filling, closing them; layouts and values */
  'orders.commission',
  /** print runs: planning, opening, enclosing, posting */
  'letters.print',
  /** making, changing, publishing, exporting and importing services */
  'services.define',
  /** the pictures of a keying guide */
  'guide.see',
  /** the register of eligible people: files, their differences */
  'register.keep',
  /** to whom nothing is sent, and family who may hear */
  'contact.stop',
  /** bringing in a client's ledger */
  'ledger.keep',
  /** trying again what a digital service outside didn't take, or taking it back there */
  'handovers.repeat',
  /** accepting what came in, with the paper in hand */
  'requests.accept',
  /** taking on tasks; which kinds, the permissions below say */
  'tasks.take',
  /** seeing what waits, and choosing a certain task */
  'tasks.choose',
  /** taking on tasks at home */
  'tasks.home',
  /** keying */
  'values.key',
  /** deciding where keyers disagree */
  'values.decide',
  /** saying what a page is, and which belong together */
  'pages.identify',
  /** saying where a letter goes that can't go as it is */
  'letters.redirect',
  /** deciding on corrections */
  'corrections.decide',
  /** calling people on the phone */
  'calls.make',
  /** the people of one's own organization, at the center of every one: adding, inviting, changing, letting go */
  'people.manage',
  /** the register of operators: contracts, agreements, skills */
  'operators.keep',
  /** making roles */
  'roles.manage',
  /** clients */
  'organizations.manage',
  /** the day on one page: what came in, what waits, who is working */
  'day.see',
  /** the history: who did and saw what; of a client, what concerns it */
  'audit.see',
  /** how long things are kept, what is held, what becomes of the paper */
  'retention.keep',
  /** everything of one resident, by the city's order: to be disclosed, or erased */
  'residents.order',
  /** of one's own organization: agreeing that things are destroyed or disclosed */
  'disposals.approve',
  /** what holds for the whole installation */
  'settings.change',
] as const

export type Permission = (typeof PERMISSIONS)[number]

const CENTER = ['home.see', 'clients.all', 'guide.see', 'tasks.take'] as const
const DESK = ['desk.serve', 'scans.receive', 'pages.see', 'submissions.see'] as const
const BOOKINGS = ['bookings.see', 'bookings.roster', 'corrections.ask'] as const
const LEADER = [
  ...CENTER,
  ...DESK,
  ...BOOKINGS,
  'desk.arrange',
  'bookings.manage',
  'calendars.define',
  'orders.see',
  'letters.print',
  'services.define',
  'contact.stop',
  'handovers.repeat',
  'requests.accept',
  'tasks.choose',
  'values.decide',
  'pages.identify',
  'letters.redirect',
  'corrections.decide',
  'day.see',
  'operators.keep',
  'retention.keep',
  'residents.order',
] as const

const CLIENT = [
  ...BOOKINGS,
  'home.see',
  'pages.see',
  'submissions.see',
  'values.export',
  'bookings.manage',
  'calendars.define',
  'orders.see',
  'orders.commission',
  'register.keep',
  'contact.stop',
  'ledger.keep',
  'handovers.repeat',
  'requests.accept',
  'retention.keep',
  'residents.order',
  'disposals.approve',
] as const

/** A role is a set of permissions. */
const ROLES: Record<BuiltInRole, ReadonlySet<Permission>> = {
  operator: new Set<Permission>([...CENTER, 'tasks.home', 'values.key']),
  desk: new Set<Permission>([
    ...CENTER,
    ...DESK,
    ...BOOKINGS,
    'tasks.choose',
    'calls.hear',
    'calls.make',
  ]),
  leader: new Set<Permission>(LEADER),
  // Nobody gives what they don't have: who adds everybody has everything.
  center_admin: new Set<Permission>(PERMISSIONS),
  client: new Set<Permission>(CLIENT),
  client_admin: new Set<Permission>([...CLIENT, 'people.manage', 'roles.manage', 'audit.see']),
}

/** The roles that every installation has, by whose people may have them. */
export const BUILT_IN_ROLES = {
  center: ['operator', 'desk', 'leader', 'center_admin'],
  client: ['client', 'client_admin'],
} as const satisfies Record<string, BuiltInRole[]>

/** Everybody has these, whatever their role: without them nothing else can be done. */
const BASE = { center: ['home.see', 'clients.all'], client: ['home.see'] } as const

/** The permissions that people of the center, or of a client, can be given. */
export function permissionsFor(kind: 'center' | 'client'): Permission[] {
  return PERMISSIONS.filter((one) => kind === 'center' || ROLES.client_admin.has(one))
}

/** Permissions that somebody chose for a role, with those that everybody has; what can't be given is left out. */
export function withBase(kind: 'center' | 'client', chosen: readonly string[]): Permission[] {
  const base: readonly Permission[] = BASE[kind]
  return permissionsFor(kind).filter((one) => base.includes(one) || chosen.includes(one))
}

/** Permissions that nobody chooses: everybody has them. */
export function isBase(kind: 'center' | 'client', permission: Permission): boolean {
  const base: readonly Permission[] = BASE[kind]
  return base.includes(permission)
}

/** The permissions of a role that every installation has. */
export function permissionsOf(role: BuiltInRole): Permission[] {
  return [...ROLES[role]]
}

/** Whether a role has a permission. */
export function roleMay(role: BuiltInRole, permission: Permission): boolean {
  return ROLES[role].has(permission)
}

/** The roles that have a permission. */
export function rolesThatMay(permission: Permission): BuiltInRole[] {
  const all: BuiltInRole[] = [...BUILT_IN_ROLES.center, ...BUILT_IN_ROLES.client]
  return all.filter((role) => roleMay(role, permission))
}
