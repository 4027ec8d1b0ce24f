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
  /** what the desk handed on to one's own organization */
  'referrals.see',
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
  /** kinds of work that one defines, batches of it, and their delivery */
  'work.arrange',
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
  /** how residents want to be answered: the size of type, by e-mail */
  'wishes.keep',
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
  /** everybody's day on the first page: what came in, what waits, who is working */
  'day.see',
  /** the history: who did and saw what; of a client, what concerns it */
  'audit.see',
  /** how long things are kept, what is held, what becomes of the paper */
  'retention.keep',
  /** requests of protected people that somebody has opened for a reason */
  'openings.see',
  /** opening one of them for a while, with a reason that the client reads */
  'glass.break',
  /** incidents with personal data: what happened, who saw what, what is due; of a client its own */
  'incidents.see',
  /** opening and keeping them */
  'incidents.keep',
  /** everything of one resident, by the city's order: to be disclosed, or erased */
  'residents.order',
  /** of one's own organization: agreeing that things are destroyed or disclosed */
  'disposals.approve',
  /** what holds for the whole installation */
  'settings.change',
] as const

export type Permission = (typeof PERMISSIONS)[number]
