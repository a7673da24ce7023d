// Vonage's library for the unified Video API, driven from standard input: each line is {"do": METHOD, "args": [...]} and
// is answered by a line with either "result" or "error", the HTTP status.
// Arguments: URL of the server, application id, file with the private key.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Auth } from "@vonage/auth";
import { Video } from "@vonage/video";

const [url, applicationId, keyFile] = process.argv.slice(2);
const auth = new Auth({ applicationId, privateKey: readFileSync(keyFile, "utf8") });
const video = new Video(auth, { videoHost: url });

for await (const line of createInterface({ input: process.stdin })) {
    const { do: method, args } = JSON.parse(line);
    let answer;
    try {
        answer = { result: (await video[method](...args)) ?? null };
    } catch (e) {
        answer = { error: e.response?.status ?? String(e) };
    }
    console.log(JSON.stringify(answer));
}
