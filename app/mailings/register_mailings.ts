import { orderParts } from '#app/clients/order_part'
import { mailingsOfOrder } from '#app/mailings/mailings_of_order'
import { mailingDays, removeOldMailings } from '#app/mailings/remove_old_mailings'
import { navigation } from '#app/people/navigation'
import { retention } from '#app/core/retention'
import { settings } from '#app/core/settings'
import { flowSubjects } from '#app/core/subjects'

/** Registers what this room brings. */
export function registerMailings(): void {
  flowSubjects.register({ name: 'mailing', table: 'mailings', claimed: true, queue: 'reading' })
  orderParts.register(mailingsOfOrder)
  settings.register(mailingDays)
  navigation.register({
    name: '/letter-templates',
    label: 'mailings.templates',
    icon: 'document-duplicate',
    group: 'deliver',
    permission: 'orders.commission',
    rank: 75,
  })
  retention.register({ name: 'mailings', removeOver: removeOldMailings })
}
