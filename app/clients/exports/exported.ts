import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import type ValueExport from '#app/clients/exports/value_export'
import Submission from '#app/submissions/submission'

/** The submissions that an export is about, whether its reader may see them or not. */
export function exported(wishes: ValueExport): ModelQueryBuilderContract<typeof Submission> {
  return Submission.query()
    .where('submissions.client_id', wishes.clientId)
    .whereNotIn('submissions.state', ['erased', 'canceled'])
    .whereIn('submissions.service_version_id', (versions) =>
      versions.from('service_versions').where('service_id', wishes.serviceId).select('id')
    )
    .whereExists((revisions) =>
      revisions.from('revisions').whereColumn('revisions.submission_id', 'submissions.id')
    )
    .if(wishes.workOrderId, (query) =>
      query.where('submissions.work_order_id', wishes.workOrderId!)
    )
    .if(wishes.arrivedFrom, (query) =>
      query.where('submissions.arrived_on', '>=', wishes.arrivedFrom!)
    )
    .if(wishes.arrivedTo, (query) => query.where('submissions.arrived_on', '<=', wishes.arrivedTo!))
    .if(wishes.submissionState, (query) =>
      query.where('submissions.state', wishes.submissionState!)
    )
    .if(wishes.onlyNew, (query) =>
      query.whereNotExists((taken) =>
        taken
          .from('export_rows')
          .join('exports', 'exports.id', 'export_rows.export_id')
          .whereColumn('export_rows.submission_id', 'submissions.id')
          .whereNotNull('exports.fetched_at')
          .where('exports.client_id', wishes.clientId)
          .if(
            wishes.layoutId,
            (own) => own.where('exports.layout_id', wishes.layoutId!),
            (own) => own.whereNull('exports.layout_id')
          )
          .whereRaw(
            'export_rows.revision >= (select max(number) from revisions where submission_id = submissions.id)'
          )
      )
    )
}

/** The same, as far as its reader may see them. */
export function exportedTo(
  user: User,
  wishes: ValueExport
): ModelQueryBuilderContract<typeof Submission> {
  // Opened for half an hour isn't taken away as a file.
  return visibleTo(exported(wishes), user).if(!user.seesProtected, (query) =>
    query.where('submissions.protected', false)
  )
}
