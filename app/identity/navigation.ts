import type User from '#app/identity/user'
import type { Role } from '#app/identity/user'

interface NavigationItem {
  href: string
  label: string
  roles: Role[]
}

const ITEMS: NavigationItem[] = [
  { href: '/desk', label: 'desk.title', roles: ['desk', 'leader', 'center_admin'] },
  { href: '/calls', label: 'calls.title', roles: ['desk', 'leader', 'center_admin'] },
  { href: '/orders', label: 'orders.title', roles: ['client', 'leader', 'center_admin'] },
  { href: '/work', label: 'work.title', roles: ['operator', 'leader', 'desk', 'center_admin'] },
  { href: '/scans', label: 'intake.menu', roles: ['desk', 'leader', 'center_admin'] },
  {
    href: '/submissions',
    label: 'submissions.title',
    roles: ['desk', 'leader', 'center_admin', 'client'],
  },
  { href: '/exports', label: 'exports.title', roles: ['client', 'center_admin'] },
  { href: '/print-runs', label: 'printing.title', roles: ['leader', 'center_admin'] },
  {
    href: '/calendars',
    label: 'bookings.title',
    roles: ['desk', 'leader', 'center_admin', 'client'],
  },
  { href: '/services', label: 'services.title', roles: ['leader', 'center_admin'] },
  { href: '/checks', label: 'checks.menu', roles: ['client', 'leader', 'center_admin'] },
  { href: '/stops', label: 'stops.title', roles: ['client', 'leader', 'center_admin'] },
  { href: '/register', label: 'register.title', roles: ['client', 'center_admin'] },
]

/** The screens that a person may open. */
export function navigationFor(user: User): NavigationItem[] {
  return ITEMS.filter((item) => item.roles.includes(user.role))
}
