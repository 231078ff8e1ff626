function icon(path: string): string {
  return `<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`;
}

const sliders =
  '<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><g fill="none" stroke="currentColor" stroke-width="2" ' +
  'stroke-linecap="round"><path d="M4 7.5h8.5M18.5 7.5H20M4 16.5h1.5M11.5 16.5H20"/><circle cx="15.5" cy="7.5" r="2.8"/>' +
  '<circle cx="8.5" cy="16.5" r="2.8"/></g></svg>';

const line = (path: string) =>
  '<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path fill="none" stroke="currentColor" stroke-width="2" ' +
  `stroke-linecap="round" stroke-linejoin="round" d="${path}"/></svg>`;

export const icons = {
  settings: sliders,
  captions: line('M4.5 5.5h15a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17V7a1.5 1.5 0 0 1 1.5-1.5zM7 12h4M14.5 12H17M7 15h1.5M12 15h5'),
  chapters: line('M4 6h.01M8 6h12M4 12h.01M8 12h12M4 18h.01M8 18h12'),
  play: icon('M8 5.6c0-.8.9-1.3 1.6-.9l10 6.4c.6.4.6 1.3 0 1.7l-10 6.5c-.7.4-1.6-.1-1.6-.9z'),
  pause: icon('M7.5 4.5h2a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-2a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1zm7 0h2a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-2a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1z'),
  replay: icon('M12 4.5V2.2c0-.5-.6-.7-.9-.4L6.9 5.6a.6.6 0 0 0 0 .8l4.2 3.8c.3.3.9.1.9-.4V7.5a5.5 5.5 0 1 1-5.4 6.6 1.5 1.5 0 1 0-2.9.6A8.5 8.5 0 1 0 12 4.5z'),
  loud: icon('M11.6 4.4a.8.8 0 0 1 1.4.6v14a.8.8 0 0 1-1.4.6L7.2 15.5H4.5a1 1 0 0 1-1-1v-5a1 1 0 0 1 1-1h2.7zM16 8.2a1 1 0 0 1 1.4 0 5.4 5.4 0 0 1 0 7.6A1 1 0 1 1 16 14.4a3.4 3.4 0 0 0 0-4.8 1 1 0 0 1 0-1.4zm2.8-2.8a1 1 0 0 1 1.4 0 9.4 9.4 0 0 1 0 13.2 1 1 0 1 1-1.4-1.4 7.4 7.4 0 0 0 0-10.4 1 1 0 0 1 0-1.4z'),
  muted: icon('M11.6 4.4a.8.8 0 0 1 1.4.6v14a.8.8 0 0 1-1.4.6L7.2 15.5H4.5a1 1 0 0 1-1-1v-5a1 1 0 0 1 1-1h2.7zm4.1 4.9a1 1 0 0 1 1.4 0l1.4 1.3 1.3-1.3a1 1 0 1 1 1.4 1.4L19.9 12l1.3 1.3a1 1 0 0 1-1.4 1.4l-1.3-1.3-1.4 1.3a1 1 0 1 1-1.4-1.4l1.4-1.3-1.4-1.3a1 1 0 0 1 0-1.4z'),
  expand: icon('M4 5a1 1 0 0 1 1-1h4a1 1 0 0 1 0 2H6v3a1 1 0 0 1-2 0zm10 0a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v4a1 1 0 1 1-2 0V6h-3a1 1 0 0 1-1-1zM5 14a1 1 0 0 1 1 1v3h3a1 1 0 1 1 0 2H5a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1zm14 0a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-4a1 1 0 1 1 0-2h3v-3a1 1 0 0 1 1-1z'),
  shrink: icon('M9 4a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H5a1 1 0 0 1 0-2h3V5a1 1 0 0 1 1-1zm6 0a1 1 0 0 1 1 1v3h3a1 1 0 1 1 0 2h-4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM4 15a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v4a1 1 0 1 1-2 0v-3H5a1 1 0 0 1-1-1zm10 0a1 1 0 0 1 1-1h4a1 1 0 1 1 0 2h-3v3a1 1 0 1 1-2 0z'),
  picture: icon('M4.5 5h15A1.5 1.5 0 0 1 21 6.5V11a1 1 0 1 1-2 0V7H5v10h5a1 1 0 1 1 0 2H4.5A1.5 1.5 0 0 1 3 17.5v-11A1.5 1.5 0 0 1 4.5 5zm9 8h6.5a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-6.5a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1z'),
  help: icon('M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zm0 12.7a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4zM12 6.5A3.4 3.4 0 0 0 8.6 9.6a1 1 0 1 0 2 .1A1.4 1.4 0 1 1 12.3 11c-.8.2-1.3.9-1.3 1.7v.8a1 1 0 1 0 2 0v-.6A3.4 3.4 0 0 0 12 6.5z'),
  warning: icon('M12 3.5c.5 0 1 .3 1.3.8l8 14a1.5 1.5 0 0 1-1.3 2.2H4a1.5 1.5 0 0 1-1.3-2.2l8-14c.3-.5.8-.8 1.3-.8zm0 5.5a1 1 0 0 0-1 1v4a1 1 0 1 0 2 0v-4a1 1 0 0 0-1-1zm0 6.7a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z'),
};
