import db from '@adonisjs/lucid/services/db'
import type { Days } from '#app/center/retention/keep_rule'
import { withNewest } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import { clientsOf } from '#app/people/organizations/clients_of'
import type User from '#app/people/user'
import { visibleTo } from '#app/people/client_scope'

/** A client or one of its services, with its rule where it has one. */
export interface RuleRow {
  clientId: string
  client: string
  serviceId: string | null
  /** its name */
  service: Record<'ja' | 'en', string> | null
  rule: (Days & { by: string; at: Date }) | null
}

/** Lists a person's clients, each followed by its services, with their rules. */
export async function listRules(user: User): Promise<RuleRow[]> {
  const [clients, services, rules] = await Promise.all([
    clientsOf(user),
    visibleTo(Service.query(), user).orderBy('slug').then(withNewest),
    db
      .from('retention_rules as r')
      .join('users as u', 'u.id', 'r.changed_by')
      .select('r.*', 'u.display_name as by'),
  ])
  const ruleOf = (clientId: string, serviceId: string | null): RuleRow['rule'] => {
    const found = rules.find((one) => one.client_id === clientId && one.service_id === serviceId)
    return found
      ? {
          originals: found.originals_days,
          pictures: found.pictures_days,
          values: found.values_days,
          by: found.by,
          at: found.changed_at,
        }
      : null
  }
  return clients.flatMap(({ id, name }) => [
    { clientId: id, client: name, serviceId: null, service: null, rule: ruleOf(id, null) },
    ...services
      .filter(({ service }) => service.clientId === id)
      .map(({ service, version }) => ({
        clientId: id,
        client: name,
        serviceId: service.id,
        service: version.description.name,
        rule: ruleOf(id, service.id),
      })),
  ])
}
