import db from '@adonisjs/lucid/services/db'
import Organization from '#app/people/organization'

/** Lists the center, its clients and its partners, each with how many people work there now. */
export async function listOrganizations() {
  const organizations = await Organization.query()
    .orderByRaw(`kind = 'center' desc`)
    .orderBy('name')
  const rows: { id: string; people: number }[] = await db
    .from('users')
    .whereNull('left_at')
    .groupBy('organization_id')
    .select('organization_id as id', db.raw('count(*)::int as people'))
  const people = new Map(rows.map((row) => [row.id, row.people]))
  return organizations.map(({ id, kind, slug, name }) => ({
    id,
    kind,
    slug,
    name,
    people: people.get(id) ?? 0,
  }))
}
