import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('/', [controllers.desk.calls.Calls, 'index']).use(middleware.seen('calls'))
    router.post('/', [controllers.desk.calls.Calls, 'store'])
    router.get('/ringing', [controllers.desk.calls.Calls, 'ringing'])
    router
      .get('/:id', [controllers.desk.calls.Calls, 'show'])
      .where('id', router.matchers.uuid())
      .use(middleware.seen('calls'))
    router
      .post('/:id/relay', [controllers.desk.calls.Calls, 'relay'])
      .where('id', router.matchers.uuid())
    router
      .post('/:id/ending', [controllers.desk.calls.Calls, 'end'])
      .where('id', router.matchers.uuid())
  })
  .prefix('/calls')
  .use(middleware.may('desk.serve'))

router
  .group(() => {
    router.get('/telephone', [controllers.desk.telephone.Telephone, 'show'])
    router.post('/telephone/tests', [controllers.desk.telephone.Telephone, 'test'])
  })
  .use(middleware.may('settings.change'))

router.post('/hooks/calls', [controllers.desk.calls.Hooks, 'calls']).use(middleware.everybody())

transmit.authorize('calls', ({ auth }) => Boolean(auth.user?.worksForCenter))
