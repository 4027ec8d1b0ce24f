import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router.get('/quality', [controllers.center.quality.Quality, 'index']).use(middleware.may('day.see'))
router
  .get('/work/accuracy', [controllers.center.quality.Quality, 'own'])
  .use(middleware.may('tasks.take'))
router.get('/board', [controllers.center.board.Board, 'index']).use(middleware.may('day.see'))
router
  .group(() => {
    router.get('/', [controllers.center.board.Plans, 'show'])
    router.post('/', [controllers.center.board.Plans, 'store'])
    router.post('/undo', [controllers.center.board.Plans, 'destroy'])
    router.post('/pause', [controllers.center.board.Pauses, 'store'])
    router.post('/resumption', [controllers.center.board.Pauses, 'destroy'])
  })
  .prefix('/board/services/:id')
  .where('id', router.matchers.uuid())
  .use(middleware.may('work.arrange'))
router
  .group(() => {
    router.get('/start', [controllers.center.Home, 'start'])
    router.get('/settings', [controllers.center.settings.Settings, 'index'])
    router.post('/settings', [controllers.center.settings.Settings, 'store'])
    router.get('/postcodes', [controllers.center.settings.Postcodes, 'index'])
    router.post('/postcodes', [controllers.center.settings.Postcodes, 'store'])
    router.get('/mail', [controllers.center.mail.Mail, 'index'])
    router.post('/mail/server', [controllers.center.mail.Mail, 'keep'])
    router.post('/mail/test', [controllers.center.mail.Mail, 'test'])
    router.get('/mail/inbox', [controllers.center.mail.Inboxes, 'show'])
    router.post('/mail/inbox', [controllers.center.mail.Inboxes, 'keep'])
    router.post('/mail/inbox/reading', [controllers.center.mail.Inboxes, 'read'])
    router.post('/mail/inbox/forgetting', [controllers.center.mail.Inboxes, 'forget'])
    router.get('/health/page', [controllers.center.health.Health, 'index'])
    router.get('/backups', [controllers.center.backups.Backups, 'index'])
    router.post('/backups', [controllers.center.backups.Backups, 'store'])
    router
      .post('/backups/:id/removal', [controllers.center.backups.Backups, 'forget'])
      .where('id', router.matchers.uuid())
    router.post('/backups/release', [controllers.center.backups.Backups, 'release'])
  })
  .use(middleware.may('settings.change'))

router
  .group(() => {
    // What they say lets somebody in: only who gives invitations reads it.
    router
      .get('/mail/:id', [controllers.center.mail.Mail, 'show'])
      .use([middleware.may('people.manage'), middleware.seen('mail')])
    router.post('/mail/:id/again', [controllers.center.mail.Mail, 'again'])
    router.post('/mail/:id/withdrawal', [controllers.center.mail.Mail, 'withdraw'])
  })
  .use(middleware.may('settings.change'))
  .where('id', router.matchers.uuid())

router
  .group(() => {
    router.get('/audit', [controllers.center.audit.Audit, 'index']).use(middleware.seen('audit'))
    router.get('/audit/export', [controllers.center.audit.Audit, 'export'])
  })
  .use(middleware.may('audit.see'))

router
  .group(() => {
    router.get('/retention', [controllers.center.retention.Retention, 'index'])
    router.post('/retention', [controllers.center.retention.Retention, 'store'])
    router.get('/disposals', [controllers.center.retention.Disposals, 'index'])
    router.post('/disposals', [controllers.center.retention.Disposals, 'store'])
    router
      .get('/disposals/:id', [controllers.center.retention.Disposals, 'show'])
      .use(middleware.seen('disposal'))
    router
      .get('/disposals/:id/certificate', [controllers.center.retention.Disposals, 'certificate'])
      .use(middleware.seen('disposal_certificate'))
    router.post('/disposals/:id/paper', [controllers.center.retention.Disposals, 'paper'])
  })
  .use(middleware.may('retention.keep'))
  .where('id', router.matchers.uuid())
router
  .group(() => {
    router.get('/residents', [controllers.center.residents.Residents, 'index'])
    router.post('/residents/searches', [controllers.center.residents.Residents, 'search'])
    router.post('/residents/orders', [controllers.center.residents.Residents, 'order'])
    router.get('/residents/:id', [controllers.center.residents.Residents, 'show'])
    router.post('/residents/:id', [controllers.center.residents.Residents, 'store'])
    router.get('/disclosures', [controllers.center.residents.Disclosures, 'index'])
    router
      .get('/disclosures/:id', [controllers.center.residents.Disclosures, 'show'])
      .use(middleware.seen('disclosure'))
    router.get('/disclosures/:id/file', [controllers.center.residents.Disclosures, 'file'])
    router.post('/disclosures/:id/handed', [controllers.center.residents.Disclosures, 'handOver'])
  })
  .use(middleware.may('residents.order'))
  .where('id', router.matchers.uuid())
router
  .post('/disclosures/:id/decision', [controllers.center.residents.Disclosures, 'decide'])
  .use(middleware.may('disposals.approve'))
  .where('id', router.matchers.uuid())
router
  .post('/disposals/:id/decision', [controllers.center.retention.Disposals, 'decide'])
  .use(middleware.may('disposals.approve'))
  .where('id', router.matchers.uuid())

router
  .group(() => {
    router.get('/incidents', [controllers.center.incidents.Incidents, 'index'])
    router
      .get('/incidents/:id', [controllers.center.incidents.Incidents, 'show'])
      .use(middleware.seen('incident'))
    router
      .get('/incidents/:id/drafts/:draft', [controllers.center.incidents.Incidents, 'draft'])
      .use(middleware.seen('incident_draft'))
    // That they were told, the client's own people say as well.
    router.post('/incidents/:id/steps', [controllers.center.incidents.Incidents, 'step'])
  })
  .use(middleware.may('incidents.see'))
  .where('id', router.matchers.uuid())
router
  .group(() => {
    router.post('/incidents', [controllers.center.incidents.Incidents, 'store'])
    router.post('/incidents/:id', [controllers.center.incidents.Incidents, 'update'])
    router.post('/incidents/:id/requests', [controllers.center.incidents.Incidents, 'nameRequest'])
    router.post('/incidents/:id/people', [controllers.center.incidents.Incidents, 'namePerson'])
    router.post('/incidents/:id/end', [controllers.center.incidents.Incidents, 'close'])
  })
  .use(middleware.may('incidents.keep'))
  .where('id', router.matchers.uuid())

router.get('/today', [controllers.center.today.Today, 'index']).use(middleware.may('home.see'))
// Never where somebody works: it shows nothing of theirs, and only takes room.
if (!app.inProduction)
  router.get('/components', [controllers.center.Components, 'show']).use(middleware.may('home.see'))
router.get('/health', [controllers.center.health.Health, 'show']).use(middleware.everybody())
router.get('/', [controllers.center.Home, 'index']).use(middleware.may('home.see')).as('home')
