import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .get('/replies/:id/mail', [controllers.replies.mails.Mailed, 'show'])
  .where('id', router.matchers.uuid())
  .use(middleware.may('submissions.see'))
router
  .get('/replies/:id/letter', [controllers.replies.Letters, 'show'])
  .where('id', router.matchers.uuid())
  .use(middleware.may('submissions.see'))

router
  .group(() => {
    router.get('/', [controllers.replies.returns.Returns, 'index'])
    router.post('/', [controllers.replies.returns.Returns, 'store'])
    router.get('/report', [controllers.replies.returns.Returns, 'report'])
  })
  .prefix('/returned-mail')
  .use(middleware.may('letters.print'))
