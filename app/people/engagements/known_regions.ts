import db from '@adonisjs/lucid/services/db'

/** Lists the regions that the people live in who work here, as they are kept. */
export async function knownRegions(): Promise<string[]> {
  const rows: { region: string }[] = await db
    .from('engagements as g')
    .join('users as u', 'u.id', 'g.user_id')
    .whereNull('u.left_at')
    .whereNotNull('g.region')
    .distinct('g.region')
    .orderBy('g.region')
  return rows.map(({ region }) => region)
}
