// Ask through one of the two JavaScript clients, unmodified but for the address.
// node ask.js CLIENT ADDRESS KEY TEXT → the scores as JSON.
const [client, address, key, text] = process.argv.slice(2);

async function askPerspectiveApiClient() {
  const Perspective = require("perspective-api-client");
  const axios = require("perspective-api-client/node_modules/axios");
  axios.interceptors.request.use((config) => {
    config.url = config.url.replace("https://commentanalyzer.googleapis.com", address);
    return config;
  });
  const answer = await new Perspective({ apiKey: key }).analyze(text, { attributes: ["toxicity", "insult"] });
  return Object.fromEntries(
    Object.entries(answer.attributeScores).map(([name, scores]) => [name, scores.summaryScore.value]),
  );
}

async function askConversationAi() {
  const { Client } = require("@conversationai/perspectiveapi-js-client");
  const perspective = new Client(key);
  perspective.perspectiveApiUrl = `${address}/v1alpha1/comments:analyze?key=${key}`;
  return perspective.getScores(text);
}

const ask = { "perspective-api-client": askPerspectiveApiClient, "conversationai": askConversationAi }[client];
ask().then(
  (scores) => console.log(JSON.stringify(scores)),
  (error) => {
    console.error(String(error));
    process.exit(1);
  },
);
