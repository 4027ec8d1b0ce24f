import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router.get('/work/open', [controllers.tasks.OpenWork, 'index']).use(middleware.may('day.see'))
router
  .get('/work/seen', [controllers.tasks.SeenWork, 'index'])
  .use([middleware.may('operators.keep'), middleware.seen('work_seen')])
router
  .group(() => {
    router.get('/', [controllers.tasks.log.Approvals, 'index'])
    router.get('/export', [controllers.tasks.log.Approvals, 'export'])
    router
      .post('/disputes/:id', [controllers.tasks.log.Disputes, 'update'])
      .where('id', router.matchers.uuid())
    router
      .post('/:id', [controllers.tasks.log.Approvals, 'store'])
      .where('id', router.matchers.uuid())
  })
  .prefix('/work/approvals')
  .use(middleware.may('work.arrange'))
router
  .group(() => {
    router.get('/recent', [controllers.tasks.Recent, 'index'])
    router
      .post('/recent/:id', [controllers.tasks.Recent, 'reopen'])
      .where('id', router.matchers.uuid())
    router.get('/hours', [controllers.tasks.hours.Hours, 'index'])
    router.post('/hours', [controllers.tasks.hours.Hours, 'store'])
    router.get('/log', [controllers.tasks.log.Log, 'index'])
    router.post('/log', [controllers.tasks.log.Log, 'store'])
    router.post('/log/days/:day/dispute', [controllers.tasks.log.Disputes, 'store'])
    router
      .post('/log/disputes/:id/withdrawal', [controllers.tasks.log.Disputes, 'destroy'])
      .where('id', router.matchers.uuid())
    router
      .post('/log/:id/withdrawal', [controllers.tasks.log.Log, 'withdraw'])
      .where('id', router.matchers.uuid())
    router.get('/', [controllers.tasks.Work, 'index'])
    router.post('/take-back', [controllers.tasks.Assignments, 'takeBack'])
    router.post('/stretches', [controllers.tasks.stretches.Stretches, 'store'])
    router.delete('/stretches', [controllers.tasks.stretches.Stretches, 'destroy'])
    router.post('/assignments', [controllers.tasks.Assignments, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.tasks.Assignments, 'show'])
        router.put('/draft', [controllers.tasks.Assignments, 'update'])
        router.delete('/', [controllers.tasks.Assignments, 'destroy'])
        router.post('/ahead', [controllers.tasks.Ahead, 'store'])
        router.get('/snippet', [controllers.tasks.Assignments, 'snippet'])
        router.post('/result', [controllers.tasks.Results, 'store'])
      })
      .prefix('/assignments/:id')
      .where('id', router.matchers.uuid())
  })
  .prefix('/work')
  .use(middleware.may('tasks.take'))
