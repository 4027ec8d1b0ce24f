import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Service from '#app/catalog/service'
import type User from '#app/people/user'
import type { LayoutColumn } from '#app/clients/export_layout'
import { newId } from '#app/core/ids'

interface NewLayout {
  name: string
  encoding: 'cp932' | 'utf8'
  columns: LayoutColumn[]
}

/** Keeps columns as the client's next numbered layout; older ones stay. */
export async function saveLayout(user: User, service: Service, layout: NewLayout): Promise<void> {
  await db.transaction((trx) => addLayout(trx, service, layout, user.id))
}

/** The same within a transaction, as a kit brings it. */
export async function addLayout(
  trx: TransactionClientContract,
  service: Pick<Service, 'id' | 'clientId'>,
  layout: NewLayout,
  madeBy: string | null
): Promise<void> {
  // Layouts of a client are numbered one after the other.
  await trx.from('organizations').where('id', service.clientId).forUpdate().select('id')
  const latest = await trx
    .from('export_layouts')
    .where('client_id', service.clientId)
    .max('number as number')
    .first()
  await trx.table('export_layouts').insert({
    id: newId(),
    client_id: service.clientId,
    service_id: service.id,
    number: (latest?.number ?? 0) + 1,
    name: layout.name,
    encoding: layout.encoding,
    columns: JSON.stringify(layout.columns),
    made_by: madeBy,
  })
}
