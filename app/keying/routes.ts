import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .get('/services/:slug/readings', [controllers.keying.ReadingFigures, 'show'])
  .where('slug', /^[a-z][a-z0-9-]*$/)
  .use(middleware.may('services.define'))
router
  .group(() => {
    router.get('/', [controllers.keying.Provenances, 'show'])
    router.get('/export', [controllers.keying.Provenances, 'export'])
  })
  .prefix('/submissions/:id/provenance')
  .where('id', router.matchers.uuid())
  .use(middleware.may('submissions.see'))
router
  .get('/submissions/:id/snippets/:group', [controllers.keying.Snippets, 'show'])
  .where('id', router.matchers.uuid())
  .where('group', /^[a-z][a-z0-9_]*$/)
  .use(middleware.may('pages.see'))
