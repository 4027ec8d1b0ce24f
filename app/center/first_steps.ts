import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import type { Permission } from '#app/people/permission'

interface Step {
  /** its words stand in `start.<name>` */
  name: string
  /** where it is done */
  href: string
  permission: Permission
  /** SQL that finds something once it is done */
  done: string
  /** without it nothing works; others are tried out */
  needed: boolean
}

/** The steps that make a working center out of an empty installation, in order. */
const STEPS: Step[] = [
  {
    name: 'letterhead',
    href: '/settings',
    permission: 'settings.change',
    done: `select 1 from settings where name in ('letterhead.city', 'letterhead.address', 'letterhead.phone') and text <> '' offset 2`,
    needed: false,
  },
  {
    name: 'client',
    href: '/organizations',
    permission: 'organizations.manage',
    done: `select 1 from organizations where kind = 'client'`,
    needed: true,
  },
  {
    name: 'service',
    href: '/services',
    permission: 'services.define',
    done: 'select 1 from service_versions',
    needed: true,
  },
  {
    name: 'calendar',
    href: '/calendars',
    permission: 'calendars.define',
    done: 'select 1 from calendars',
    needed: false,
  },
  {
    name: 'people',
    href: '/people/new',
    permission: 'people.manage',
    done: 'select 1 from users offset 1',
    needed: true,
  },
  {
    name: 'operators',
    href: '/operators',
    permission: 'operators.keep',
    done: `select 1 from engagements union all
      select 1 where not exists (select 1 from settings where name = 'people.clearance' and value > 0)`,
    needed: true,
  },
  {
    name: 'scan',
    href: '/scans',
    permission: 'scans.receive',
    done: `select 1 from pages where state = 'matched'`,
    needed: false,
  },
  {
    name: 'letter',
    href: '/print-runs',
    permission: 'letters.print',
    done: `select 1 from print_runs where state <> 'planned'`,
    needed: false,
  },
]

/** Lists the first steps that somebody may do, and which are done. */
export async function firstSteps(user: User) {
  const own = STEPS.filter(({ permission }) => user.may(permission))
  return Promise.all(
    own.map(async ({ name, href, needed, done }) => {
      const { rows } = await db.rawQuery<{ rows: unknown[] }>(`${done} limit 1`)
      return { name, href, needed, isDone: rows.length > 0 }
    })
  )
}

/** Tells whether something is still missing without which nothing works, and somebody is who sets it up. */
export async function isBeginning(user: User): Promise<boolean> {
  if (!user.may('settings.change')) return false
  return (await firstSteps(user)).some(({ needed, isDone }) => needed && !isDone)
}
