import type { HttpContext } from '@adonisjs/core/http'
import { exportValues } from '#app/submissions/export_values'
import { exportValidator } from '#app/submissions/submission_validator'

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
        unmapped
          .map((character) => `U+${character.codePointAt(0)!.toString(16).toUpperCase()}`)
          .join(' ')
      )
    return response.type(`text/csv; charset=${charset}`).send(file)
  }
}
