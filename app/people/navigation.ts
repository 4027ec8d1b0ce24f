import { Registry } from '#app/core/registry'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import type { Permission } from '#app/people/permission'

/** The parts of a day's work, in order; screens stand in the menu by these. */
export const NAVIGATION_GROUPS = [
  'begin',
  'receive',
  'enter',
  'decide',
  'deliver',
  'manage',
] as const

/** A screen that stands in the menu. */
export interface NavigationItem {
  /** where it leads */
  name: string
  label: string
  /** name of its picture (Heroicons, outline) */
  icon: string
  group: (typeof NAVIGATION_GROUPS)[number]
  permission: Permission
  /** addresses that belong to it though they don't begin with its own */
  also?: string[]
  /** the smaller, the earlier in its group */
  rank: number
  /** Counts what waits there for somebody; must stay cheap however much that is. */
  waiting?(user: User, site: Site): Promise<number>
}

/** The screens in the menu; each room registers its own. */
export const navigation = new Registry<NavigationItem>('screen in the menu')

/** Lists the screens that a person may open, by the part of the day's work. */
export function navigationFor(user: User): { name: string; items: NavigationItem[] }[] {
  const items = navigation
    .all()
    .filter((item) => user.may(item.permission))
    .sort((a, b) => a.rank - b.rank)
  return NAVIGATION_GROUPS.map((name) => ({
    name,
    items: items.filter(({ group }) => group === name),
  })).filter((group) => group.items.length > 0)
}

/** Finds the screen of somebody's menu that an address lies under; null at one of these itself, and where there is none. */
export function screenAbove(user: User, url: string): NavigationItem | null {
  const items = navigation.all().filter((item) => user.may(item.permission))
  const isUnder = (path: string) => url === path || url.startsWith(`${path}/`)
  if (items.some(({ name }) => name === url)) return null
  return items.find(({ name, also = [] }) => [name, ...also].some(isUnder)) ?? null
}

/** Somebody sees the same numbers for so long (ms): counting takes its time. */
const FRESH_MS = 30_000
const MAX_KEPT = 1000

const known = new Map<string, { at: number; counts: Record<string, number> }>()

/** Forgets what was counted, for who can't wait. */
export function forgetWaiting(): void {
  known.clear()
}

/** Counts what waits on each screen of a person's menu, by its address; without those where nothing does. */
export async function waitingFor(user: User, site: Site): Promise<Record<string, number>> {
  const key = `${user.id} ${site}`
  const kept = known.get(key)
  if (kept && performance.now() - kept.at < FRESH_MS) return kept.counts
  const counts = await countFor(user, site)
  if (known.size >= MAX_KEPT) known.clear()
  known.set(key, { at: performance.now(), counts })
  return counts
}

async function countFor(user: User, site: Site): Promise<Record<string, number>> {
  const counted = await Promise.all(
    navigationFor(user)
      .flatMap(({ items }) => items)
      .map(async ({ name, waiting }) => [name, (await waiting?.(user, site)) ?? 0] as const)
  )
  return Object.fromEntries(counted.filter(([, count]) => count > 0))
}
