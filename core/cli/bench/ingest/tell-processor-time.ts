/**
 * Loaded into a measured process before its program (`node --import`): answers over the process channel how much
 * processor time it has used, all threads, on every system alike. The program itself knows nothing of it.
 */
process.on('message', (question) => {
  if (question !== 'processor-time') return;
  const { user, system } = process.cpuUsage();
  process.send?.({ processorMicroseconds: user + system });
});
process.channel?.unref();
