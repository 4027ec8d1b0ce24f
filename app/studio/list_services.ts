import db from '@adonisjs/lucid/services/db'
import type { Text } from '#app/catalog/description'
import type User from '#app/people/user'

export interface ListedService {
  slug: string
  name: Text
  client: string
  /** newest published version; null where there is only a draft */
  number: number | null
  publishedAt: Date | null
  hasDraft: boolean
}

/** Every service with its newest version, and what is being made. */
export async function listServices(user: User): Promise<ListedService[]> {
  const { rows } = await db.rawQuery<{ rows: ListedService[] }>(
    `select coalesce(s.slug, d.slug) as slug,
       coalesce(v.description->'name', d.files->'name') as name,
       o.name as client, v.number, v.published_at as "publishedAt", d.slug is not null as "hasDraft"
     from services s
     full join service_drafts d on d.slug = s.slug
     left join lateral (
       select number, published_at, description from service_versions
       where service_id = s.id order by number desc limit 1
     ) v on true
     join organizations o on o.id = coalesce(s.client_id, d.client_id)
     where :center or o.id = :organization
     order by o.name, slug`,
    { center: user.worksForCenter, organization: user.organizationId }
  )
  return rows
}
