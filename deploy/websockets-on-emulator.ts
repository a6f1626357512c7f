type Resource = { Type: string; Properties: Record<string, unknown> };
type Function = { Environment: { Variables: Record<string, unknown> } };
type Serverless = {
  service: {
    provider: { stage: string; compiledCloudFormationTemplate: { Resources: Record<string, Resource> } };
  };
};

/** Resource types that the emulator does not support. It deploys every route at once instead. */
const UNKNOWN_THERE = ['AWS::ApiGatewayV2::Deployment', 'AWS::ApiGatewayV2::RouteResponse'];

/**
 * Serverless plugin that adapts the WebSocket API of the template to an emulator of AWS (AWS_ENDPOINT_URL). It does not
 * change a deploy to AWS.
 */
export default class WebSocketsOnEmulator {
  readonly hooks: Record<string, () => void>;

  constructor({ service: { provider } }: Serverless) {
    const endpoint = process.env.AWS_ENDPOINT_URL;
    this.hooks = endpoint
      ? {
          'before:package:finalize': () => adapt(provider.compiledCloudFormationTemplate.Resources, endpoint),
        }
      : {};
  }
}

function adapt(resources: Record<string, Resource>, endpoint: string): void {
  for (const [name, { Type }] of Object.entries(resources))
    if (UNKNOWN_THERE.includes(Type)) delete resources[name];
  const { WebsocketsDeploymentStage: stage, SendHintsLambdaFunction: sender } = resources;
  if (!stage || !sender) return;
  const { DeploymentId: _, ...rest } = stage.Properties;
  stage.Properties = { ...rest, AutoDeploy: true };
  const { Variables } = (sender.Properties as Function).Environment;
  // The emulator has no host name of its own for each API.
  Variables.LIVE_CONNECTIONS_URL = {
    'Fn::Sub': `${endpoint}/_aws/execute-api/\${WebsocketsApi}/${stage.Properties.StageName}`,
  };
}
