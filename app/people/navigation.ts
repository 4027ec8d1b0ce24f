import { Registry } from '#app/core/registry'
import type User from '#app/people/user'
import type { Permission } from '#app/people/permissions'

/** A screen that stands in the menu. */
export interface NavigationItem {
  /** where it leads */
  name: string
  label: string
  permission: Permission
  /** the smaller, the earlier */
  rank: number
}

/** The screens in the menu; each room registers its own. */
export const navigation = new Registry<NavigationItem>('screen in the menu')

/** The screens that a person may open, in order. */
export function navigationFor(user: User): NavigationItem[] {
  return navigation
    .all()
    .filter((item) => user.may(item.permission))
    .sort((a, b) => a.rank - b.rank)
}
