import type User from '#app/identity/user'
import type { Permission } from '#app/identity/permissions'

interface NavigationItem {
  href: string
  label: string
  permission: Permission
}

const ITEMS: NavigationItem[] = [
  { href: '/desk', label: 'desk.title', permission: 'desk.serve' },
  { href: '/calls', label: 'calls.title', permission: 'desk.serve' },
  { href: '/orders', label: 'orders.title', permission: 'orders.see' },
  { href: '/work', label: 'work.title', permission: 'tasks.take' },
  { href: '/scans', label: 'intake.menu', permission: 'scans.receive' },
  {
    href: '/submissions',
    label: 'submissions.title',
    permission: 'submissions.see',
  },
  { href: '/exports', label: 'exports.title', permission: 'values.export' },
  { href: '/print-runs', label: 'printing.title', permission: 'letters.print' },
  {
    href: '/calendars',
    label: 'bookings.title',
    permission: 'bookings.see',
  },
  { href: '/services', label: 'services.title', permission: 'services.define' },
  { href: '/checks', label: 'checks.menu', permission: 'requests.accept' },
  { href: '/stops', label: 'stops.title', permission: 'contact.stop' },
  { href: '/register', label: 'register.title', permission: 'register.keep' },
]

/** The screens that a person may open. */
export function navigationFor(user: User): NavigationItem[] {
  return ITEMS.filter((item) => user.may(item.permission))
}
