const instants = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** `21 Nov, 18:00`: an instant of the days that the panel shows. Epoch milliseconds in, UTC out; says so nowhere, the caller does. */
export function clockHour(instant: number): string {
  return instants.format(instant);
}
