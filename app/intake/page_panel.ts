import db from '@adonisjs/lucid/services/db'
import type Submission from '#app/submissions/submission'
import type { SubmissionPanel } from '#app/submissions/submission_panel'

/** Its pages, small. */
export const pagePanel: SubmissionPanel = {
  name: 'pages',
  view: 'intake/panel',
  at: 'bottom',

  async load(submission) {
    const pages = await pagesOf(submission)
    return pages.length > 0 ? { pages, areErased: pages.every((page) => page.erased_at) } : null
  },

  async pictured(submission) {
    return (await pagesOf(submission)).flatMap((page) => (page.erased_at ? [] : [page.form_page]))
  },
}

function pagesOf({
  id,
}: Submission): Promise<{ id: string; form_page: number; erased_at: Date | null }[]> {
  return db
    .from('pages')
    .where('submission_id', id)
    .orderBy('form_page')
    .select('id', 'form_page', 'erased_at')
}
