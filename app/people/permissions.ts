import type { OrganizationKind } from '#app/people/organization'
import type { BuiltInRole } from '#app/people/user'
import { PERMISSIONS, type Permission } from '#app/people/permission'

const CENTER = ['home.see', 'clients.all', 'guide.see', 'tasks.take'] as const
const DESK = ['desk.serve', 'scans.receive', 'pages.see', 'submissions.see', 'wishes.keep'] as const
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
  'work.arrange',
  'values.decide',
  'pages.identify',
  'letters.redirect',
  'corrections.decide',
  'day.see',
  'operators.keep',
  'retention.keep',
  'residents.order',
  'openings.see',
  'glass.break',
  'incidents.see',
  'incidents.keep',
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
  'wishes.keep',
  'ledger.keep',
  'handovers.repeat',
  'requests.accept',
  'retention.keep',
  'residents.order',
  'openings.see',
  'incidents.see',
  'disposals.approve',
] as const

const PARTNER = ['home.see', 'referrals.see'] as const

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
  partner: new Set<Permission>(PARTNER),
  partner_admin: new Set<Permission>([...PARTNER, 'people.manage']),
}

/** The roles that every installation has, by whose people may have them. */
export const BUILT_IN_ROLES = {
  center: ['operator', 'desk', 'leader', 'center_admin'],
  client: ['client', 'client_admin'],
  partner: ['partner', 'partner_admin'],
} as const satisfies Record<OrganizationKind, BuiltInRole[]>

/** Everybody has these, whatever their role: without them nothing else can be done. */
const BASE: Record<OrganizationKind, readonly Permission[]> = {
  center: ['home.see', 'clients.all'],
  client: ['home.see'],
  partner: ['home.see'],
}

/** The built-in role of each kind of organization that has all that its people can have. */
const WIDEST = { center: 'center_admin', client: 'client_admin', partner: 'partner_admin' } as const

/** The permissions that people of a kind of organization can be given. */
export function permissionsFor(kind: OrganizationKind): Permission[] {
  return PERMISSIONS.filter((one) => ROLES[WIDEST[kind]].has(one))
}

/** Permissions that somebody chose for a role, with those that everybody has; what can't be given is left out. */
export function withBase(kind: OrganizationKind, chosen: readonly string[]): Permission[] {
  return permissionsFor(kind).filter((one) => BASE[kind].includes(one) || chosen.includes(one))
}

/** Permissions that nobody chooses: everybody has them. */
export function isBase(kind: OrganizationKind, permission: Permission): boolean {
  return BASE[kind].includes(permission)
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
  const all: BuiltInRole[] = Object.values(BUILT_IN_ROLES).flat()
  return all.filter((role) => roleMay(role, permission))
}
