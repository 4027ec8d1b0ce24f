import db from '@adonisjs/lucid/services/db'
import { frozenVersion } from '#app/catalog/frozen_version'
import type ServiceVersion from '#app/catalog/service_version'
import type Submission from '#app/submissions/submission'
import type { Queries } from '#app/core/queries'

/** The version by which a request is read and keyed, its groups by whom they were planned to be. */
export async function versionOf(
  { serviceVersionId, keying }: Pick<Submission, 'serviceVersionId' | 'keying'>,
  client: Queries = db
): Promise<ServiceVersion> {
  return (await frozenVersion(serviceVersionId, client)).keyedBy(keying)
}
