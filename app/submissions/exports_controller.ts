import type { HttpContext } from '@adonisjs/core/http'
import { exportValues } from '#app/submissions/export_values'
import { exportValidator } from '#app/submissions/submission_validator'
import { codePoint } from '#app/shared/csv_file'

/** All agreed values as a CSV file. */
export default class ExportsController {
  async show({ auth, request, response }: HttpContext) {
    const [, input] = await exportValidator.tryValidate(request.qs())
    const { file, charset, unmapped } = await exportValues(
      auth.getUserOrFail(),
      input?.encoding ?? 'utf8'
    )
    response.header('Content-Disposition', `attachment; filename="values-${charset}.csv"`)
    if (unmapped.length > 0)
      response.header(
        'X-Unmapped-Characters',
        [...new Set(unmapped.map(({ character }) => codePoint(character)))].join(' ')
      )
    return response.type(`text/csv; charset=${charset}`).send(file)
  }
}
