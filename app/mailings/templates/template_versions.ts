import db from '@adonisjs/lucid/services/db'
import type { LetterTemplate } from '#app/replies/templates/letter_template'
import type { Queries } from '#app/core/queries'

/** A version of a template, for the list of them. */
export interface TemplateVersion {
  number: number
  by: string
  made_at: Date
}

/** Finds what a version of a template says. */
export async function templateOf(
  { templateId, templateVersion }: { templateId: string; templateVersion: number },
  client: Queries = db
): Promise<LetterTemplate> {
  const row: { template: LetterTemplate } = await client
    .from('letter_template_versions')
    .where({ template_id: templateId, number: templateVersion })
    .select('template')
    .firstOrFail()
  return row.template
}

/** Lists the versions of a template, the newest first. */
export function versionsOf(templateId: string): Promise<TemplateVersion[]> {
  return db
    .from('letter_template_versions as v')
    .join('users as u', 'u.id', 'v.made_by')
    .where('v.template_id', templateId)
    .orderBy('v.number', 'desc')
    .limit(50)
    .select('v.number', 'v.made_at', 'u.display_name as by')
}
