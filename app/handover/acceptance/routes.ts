import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('/', [controllers.handover.acceptance.Checks, 'index'])
    router
      .get('/:id', [controllers.handover.acceptance.Checks, 'show'])
      .where('id', router.matchers.uuid())
    router
      .post('/:id', [controllers.handover.acceptance.Checks, 'update'])
      .where('id', router.matchers.uuid())
  })
  .prefix('/checks')
  .use([middleware.may('requests.accept'), middleware.seen('checks')])
