// Uploads one file as an independent client does.
// node upload.mjs <endpoint> <token> <file> <url storage> <chunk size> [die at this byte]
// Prints one line of JSON: where the upload is, what the server said last, where it was resumed.
import { createReadStream } from 'node:fs';
import * as tus from 'tus-js-client';

const [endpoint, token, file, storage, chunkSize, dieAt] = process.argv.slice(2);
const requests = [];
let article = null;

const upload = new tus.Upload(createReadStream(file), {
  endpoint,
  headers: { Authorization: `Bearer ${token}` },
  chunkSize: Number(chunkSize),
  metadata: { filename: file, title: 'From a client', visibility: 'unlisted' },
  retryDelays: [0, 200, 1000],
  urlStorage: new tus.FileUrlStorage(storage),
  storeFingerprintForResuming: true,
  onProgress(sent) {
    if (dieAt && sent >= Number(dieAt)) {
      process.exit(3);
    }
  },
  onAfterResponse(request, response) {
    requests.push(`${request.getMethod()} ${response.getStatus()}`);
    article = response.getHeader('Regie-Article') ?? article;
  },
  onError(error) {
    console.error(String(error));
    process.exit(1);
  },
  onSuccess() {
    console.log(JSON.stringify({ url: upload.url, article, requests, resumed }));
  },
});

const previous = await upload.findPreviousUploads();
const resumed = previous.length > 0;
if (resumed) {
  upload.resumeFromPreviousUpload(previous[0]);
}
upload.start();
