/** The catalogue: every kind of component, one line each. */
import type { KindDeclaration } from '../model/index.js';
import { bamEventBus } from './bam/bam-event-bus.js';
import { interceptedService } from './bam/intercepted-service.js';
import { messageBox } from './bam/message-box.js';
import { trackingDatabase } from './bam/tracking-database.js';
import { biztalkGroup } from './biztalk/biztalk-group.js';
import { enterpriseSso } from './biztalk/enterprise-sso.js';
import { fileReceiveLocation } from './biztalk/file-receive-location.js';
import { ftpReceiveLocation } from './biztalk/ftp-receive-location.js';
import { host } from './biztalk/host.js';
import { isolatedHost } from './biztalk/isolated-host.js';
import { masterSecretServer } from './biztalk/master-secret-server.js';
import { mqseriesReceiveLocation } from './biztalk/mqseries-receive-location.js';
import { msdtc } from './biztalk/msdtc.js';
import { msmqReceiveLocation } from './biztalk/msmq-receive-location.js';
import { orchestration } from './biztalk/orchestration.js';
import { pop3ReceiveLocation } from './biztalk/pop3-receive-location.js';
import { receiveLocation } from './biztalk/receive-location.js';
import { sapReceiveLocation } from './biztalk/sap-receive-location.js';
import { sendPort } from './biztalk/send-port.js';
import { sqlReceiveLocation } from './biztalk/sql-receive-location.js';
import { link } from './generic/link.js';
import { redundancyGroup } from './generic/redundancy-group.js';
import { service } from './generic/service.js';
import { application } from './platform/application.js';
import { clusterGroup } from './platform/cluster-group.js';
import { datacenter } from './platform/datacenter.js';
import { domainController } from './platform/domain-controller.js';
import { loadBalancer } from './platform/load-balancer.js';
import { msmq } from './platform/msmq.js';
import { nameService } from './platform/name-service.js';
import { repairCrew } from './platform/repair-crew.js';
import { server } from './platform/server.js';
import { sharedDisk } from './platform/shared-disk.js';
import { alias } from './service-bus/alias.js';
import { backlogQueue } from './service-bus/backlog-queue.js';
import { messagingStore } from './service-bus/messaging-store.js';
import { serviceBusNamespace } from './service-bus/namespace.js';
import { queue } from './service-bus/queue.js';
import { serviceBusReceiver } from './service-bus/receiver.js';
import { relay } from './service-bus/relay.js';
import { relayClient } from './service-bus/relay-client.js';
import { serviceBusSender } from './service-bus/sender.js';
import { subscription } from './service-bus/subscription.js';
import { syphon } from './service-bus/syphon.js';
import { tokenService } from './service-bus/token-service.js';
import { topic } from './service-bus/topic.js';
import { fileShare } from './sources/file-share.js';
import { ftpServer } from './sources/ftp-server.js';
import { mailbox } from './sources/mailbox.js';
import { mqseriesQueue } from './sources/mqseries-queue.js';
import { sapSystem } from './sources/sap-system.js';
import { sqlSource } from './sources/sql-source.js';
import { sqlAgent } from './sql/sql-agent.js';
import { logShipping } from './sql/log-shipping.js';
import { sqlAvailabilityGroup } from './sql/sql-availability-group.js';
import { sqlCluster } from './sql/sql-cluster.js';
import { sqlDatabase } from './sql/sql-database.js';
import { sqlServer } from './sql/sql-server.js';
import { sqlTable } from './sql/sql-table.js';

export const catalogue: readonly KindDeclaration[] = [
  datacenter, server, sharedDisk, clusterGroup, loadBalancer, domainController, nameService, msmq, application, repairCrew,
  sqlServer, sqlDatabase, sqlCluster, sqlAvailabilityGroup, sqlTable, sqlAgent, logShipping,
  service, redundancyGroup, link,
  biztalkGroup, host, isolatedHost, receiveLocation, orchestration, sendPort, enterpriseSso, masterSecretServer, msdtc,
  messageBox, bamEventBus, trackingDatabase, interceptedService,
  fileShare, ftpServer, mailbox, mqseriesQueue, sqlSource, sapSystem,
  ftpReceiveLocation, fileReceiveLocation, pop3ReceiveLocation, msmqReceiveLocation, mqseriesReceiveLocation, sqlReceiveLocation, sapReceiveLocation,
  tokenService, serviceBusNamespace, messagingStore, queue, topic, subscription, serviceBusSender, serviceBusReceiver,
  backlogQueue, syphon, alias, relay, relayClient,
];
