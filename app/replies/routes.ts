import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .get('/replies/:id/letter', [controllers.replies.Letters, 'show'])
  .where('id', router.matchers.uuid())
  .use(middleware.may('submissions.see'))
