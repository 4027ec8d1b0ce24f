import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

const id = router.matchers.uuid()

router
  .get('/submissions', [controllers.submissions.Submissions, 'index'])
  .use(middleware.may('submissions.see'))
router
  .post('/submissions/searches', [controllers.submissions.Submissions, 'search'])
  .use(middleware.may('home.see'))
router
  .get('/openings', [controllers.submissions.Openings, 'index'])
  .use([middleware.may('openings.see'), middleware.seen('openings')])
router
  .post('/openings', [controllers.submissions.Openings, 'store'])
  .use([middleware.may('openings.see'), middleware.may('glass.break')])
router
  .post('/openings/seen', [controllers.submissions.Openings, 'seen'])
  .use(middleware.may('openings.see'))
router
  .group(() => {
    router.post('/submissions/:id/hold', [controllers.submissions.LegalHolds, 'store'])
    router.post('/submissions/:id/hold/end', [controllers.submissions.LegalHolds, 'destroy'])
  })
  .where('id', id)
  .use(middleware.may('retention.keep'))
router
  .get('/submissions/:id', [controllers.submissions.Submissions, 'show'])
  .where('id', id)
  .use(middleware.may('submissions.see'))
