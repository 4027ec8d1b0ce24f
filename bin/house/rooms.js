/**
 * The rooms of app/, from the ground up: each may import, and read the tables of, what stands before it in this list.
 * `npm run lint` holds it for imports, tests/unit/house for tables, docs/rooms.md draws it.
 */
export const ROOMS = [
  'core',
  'people',
  'catalog',
  'submissions',
  'tasks',
  'registry',
  'bookings',
  'reading',
  'intake',
  'keying',
  'handover',
  'replies',
  'rebooking',
  'clients',
  'studio',
  'desk',
  'center',
  'flow',
  'samples',
]
