import { TicketSchema } from '#database/schema'

/** A numbered ticket 整理券 of one day. Appointments and walk-ins stand in one line, by the time that is theirs. */
export default class Ticket extends TicketSchema {
  declare kind: 'walk_in' | 'appointment'
  declare state: 'expected' | 'waiting' | 'called' | 'served' | 'left'
}

/** What the name on an appointment is bound to. */
export const ticketSealContext = (id: string) => `tickets.name:${id}`
