/**
 * The rooms of app/, from the ground up: each may import, and read the tables of, what stands before it in this list.
 * `npm run lint` holds it for imports, tests/unit/house for tables, `npm run house` draws it (docs/rooms.svg).
 *
 * @type {{ name: string, does: string }[]}
 */
export const HOUSE = [
  {
    name: 'core',
    does: 'transitions, queue, sealing, files, Japan’s calendar, tables, typesetter',
  },
  { name: 'people', does: 'organizations, users, permissions, sign-in, the menu' },
  { name: 'catalog', does: 'what can be asked: services, versions, kinds of fields' },
  { name: 'submissions', does: 'what was asked: state, revisions, search, erasing; work orders' },
  { name: 'tasks', does: 'who does what next: queue, leases, exposures' },
  { name: 'registry', does: 'the client’s register and ledger; who may be written to' },
  { name: 'bookings', does: 'calendars, slots, shares; taking and giving back a place' },
  { name: 'reading', does: 'pictures to readings; places on blank forms' },
  { name: 'intake', does: 'envelopes, scans, pages, the stack' },
  { name: 'keying', does: 'entries, comparing, adjudicating, snippets' },
  { name: 'handover', does: 'connectors, acceptance' },
  { name: 'replies', does: 'letters, postcards, slips, print runs, calls to make' },
  { name: 'rebooking', does: 'waiting list, offers, closing a day, reminders, the day’s list' },
  { name: 'clients', does: 'orders, layouts, exports, corrections' },
  { name: 'batches', does: 'work that leaders define: kinds, batches of pieces, packs, delivery' },
  { name: 'mailings', does: 'letters to a client’s list: templates, lists, approval, report' },
  { name: 'studio', does: 'making a service: drafts, kits, a city’s own paper' },
  { name: 'desk', does: 'the resident is here: visits, tickets, lessons, calls that come in' },
  { name: 'center', does: 'what watches over all: audit' },
  { name: 'flow', does: 'the order of stages, advance, sweeper' },
  { name: 'samples', does: 'generated forms, for commands, seeds, tests, benchmarks' },
]

/** @type {string[]} */
export const ROOMS = HOUSE.map((room) => room.name)
